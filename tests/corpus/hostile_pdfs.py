"""PDFs written by hand, most of them damaged, endless or too large."""

import io
from collections.abc import Sequence

import pypdfium2


def raw(objects: Sequence[bytes]) -> bytes:
    """A PDF of objects numbered from 1; the first is the catalogue."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def stream(body: bytes, entries: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(body), body)


def one_page(
    content: bytes, *, box: bytes = b"0 0 595 842", font: bytes = b"", rest: Sequence[bytes] = ()
) -> bytes:
    """One page with the font /F as object 5; further objects from 6."""
    font = font or b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R/Resources %b>>"
    resources = b"<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"
    return raw(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page % (box, resources),
            stream(content),
            font,
            *rest,
        ]
    )


SAYS = b"BT /F 12 Tf 50 700 Td (The water is clean.) Tj ET"
NO_MAP = b"<</Type/Font/Subtype/Type0/BaseFont/Lost/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
NO_MAP_BELOW = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Lost"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
)
GARBAGE = b"BT /F 12 Tf 50 700 Td <%b> Tj ET" % b"".join(b"%04X" % code for code in range(200, 260))


def garbage() -> bytes:
    """Characters of a font that does not say which they are."""
    return one_page(GARBAGE, font=NO_MAP, rest=[NO_MAP_BELOW])


def joined(*files: bytes) -> bytes:
    """The pages of several PDFs in one."""
    whole, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for data in files:
        whole.import_pages(pypdfium2.PdfDocument(data))
    whole.save(out)
    return out.getvalue()


def many_pages(count: int) -> bytes:
    """Pages that are all the same object."""
    kids = b"3 0 R " * count
    made = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count)]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return raw([*made, page, stream(SAYS), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"])


def looping_tree() -> bytes:
    """A tree of pages that holds itself."""
    return raw([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"])


def looping_form(times: int) -> bytes:
    """A drawing that draws itself; with ``times`` from 2 on pdfium takes time and memory without end."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 500 800]/Resources<</XObject<</X 6 0 R>>>>"
    return one_page(SAYS + b" /X Do", rest=[stream(b"/X Do " * times, form)])


def crowded(count: int) -> bytes:
    """A page of ``count`` tiny characters."""
    some, rest = divmod(count, 1000)
    shown = b"(%b) Tj " % (b"A" * 1000) * some + b"(%b) Tj" % (b"A" * rest)
    return one_page(b"BT /F 0.005 Tf 50 700 Td %b ET" % shown)


def again(count: int) -> bytes:
    """One character ``count`` times at the same place."""
    return one_page(b"BT /F 12 Tf 50 700 Td " + b"(A) Tj 0 0 Td " * count + b"ET")


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]
