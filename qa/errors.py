"""One tree of errors; a message says what was found, what was wanted and what to do next.

::

    QAError
    ├── InvalidInputError      the caller sent something that cannot be used (HTTP 422)
    ├── NotFoundError          no such document (HTTP 404)
    ├── NotReadyError          the index is still being prepared (HTTP 503)
    ├── CorpusError            the folder or a file cannot be read
    ├── EncoderError           the model cannot be found, decoded or loaded
    ├── QAIndexError            the index cannot be used
    │   ├── IndexMissingError      nothing has been built yet
    │   ├── IndexCorruptError      files are missing, cut short or changed
    │   ├── IndexMismatchError     built with another encoder, format or settings
    │   └── IndexBusyError         another process is writing to it (HTTP 503)
    ├── CancelledError         a job was cancelled before it changed anything
    ├── CitationError          a quote is not the text it points at (a defect: never shown)
    ├── TranscriptError        what was asked and answered cannot be kept or read
    ├── RankerError            weights of the ranker cannot be read, or nothing to learn them from
    ├── FeedbackError          what people said of answers cannot be read or written (HTTP 503)
    └── EvaluationError        a question file or run cannot be read
"""


class QAError(Exception):
    """Root of the tree; ``str(error)`` is a sentence for a person."""

    code = "error"


class InvalidInputError(QAError):
    """The caller sent something that cannot be used."""

    code = "invalid-input"


class NotFoundError(QAError):
    """No document has this ``doc_id``."""

    code = "not-found"


class NotReadyError(QAError):
    """The index is still being prepared, or its preparation failed."""

    code = "not-ready"


class CorpusError(QAError):
    """The folder or a file of it cannot be read."""

    code = "corpus"


class EncoderError(QAError):
    """The model cannot be found, decoded or loaded."""

    code = "encoder"


class QAIndexError(QAError):
    """The index cannot be used."""

    code = "index"


class IndexMissingError(QAIndexError):
    """Nothing has been built yet."""

    code = "index-missing"


class IndexCorruptError(QAIndexError):
    """Files of the index are missing, cut short or changed."""

    code = "index-corrupt"


class IndexMismatchError(QAIndexError):
    """The index was built with another encoder, format or settings."""

    code = "index-mismatch"


class IndexBusyError(QAIndexError):
    """Another process is writing to the index."""

    code = "index-busy"


class CancelledError(QAError):
    """A job was cancelled before it changed anything."""

    code = "cancelled"


class CitationError(QAError):
    """A citation's quote is not the text it points at."""

    code = "citation"


class TranscriptError(QAError):
    """What was asked and answered cannot be kept or read."""

    code = "transcript"


class RankerError(QAError):
    """Weights of the ranker cannot be read, or there is nothing to learn them from."""

    code = "ranker"


class FeedbackError(QAError):
    """What people said of answers cannot be read or written."""

    code = "feedback"


class EvaluationError(QAError):
    """A question file, benchmark folder or run cannot be read."""

    code = "evaluation"
