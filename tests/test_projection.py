import numpy as np
import pytest

from qa.generation import Index
from qa.projection import framed, project, vectors_at


def test_the_axes_are_those_of_a_singular_value_decomposition() -> None:
    generator = np.random.default_rng(3)
    vectors = (generator.normal(size=(40, 6)) * [5, 3, 1, 1, 0.5, 0.1]).astype(np.float32)
    frame, explained = framed(vectors)
    _, values, rows = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)
    for axis, row in zip(frame.axes.T, rows, strict=False):
        assert abs(float(axis @ row)) == pytest.approx(1, abs=1e-4)
    assert explained == pytest.approx((values[:2] ** 2).sum() / (values**2).sum(), abs=1e-5)


def test_places_fill_the_map_and_what_is_outside_lies_at_its_edge() -> None:
    vectors = np.array([[0, 0, 0], [4, 0, 0], [0, 1, 0], [4, 1, 0]], np.float32)
    frame, explained = framed(vectors)
    assert explained == pytest.approx(1)
    np.testing.assert_allclose(sorted(frame.places(vectors)), [(0, 0), (0, 1), (1, 0), (1, 1)], atol=1e-6)
    beyond = frame.places(np.array([[2, 0.5, 9], [99, 0.5, 0], [-99, 0.5, 0]], np.float32))
    assert sorted(beyond) == [pytest.approx(place) for place in ((0, 0.5), (0.5, 0.5), (1, 0.5))]


def test_equal_vectors_do_not_divide_by_nothing() -> None:
    frame, explained = framed(np.ones((3, 4), np.float32))
    assert explained == 0
    assert frame.places(np.ones((1, 4), np.float32)) == [(0.0, 0.0)]


def test_every_passage_of_a_small_index_is_drawn(lake_city_index: Index) -> None:
    drawn = project(lake_city_index)
    assert drawn.total == len(lake_city_index.passages) == len(drawn.points)
    assert [(point.doc_id, point.span) for point in drawn.points] == [
        (passage.doc_id, (passage.start, passage.end)) for passage in lake_city_index.passages
    ]
    assert drawn.titles["水务/年报.txt"] == "镜湖市水务集团2024年工作报告"
    assert sum(drawn.counts.values()) == drawn.total
    assert drawn.places(vectors_at(lake_city_index, [1])) == [pytest.approx(drawn.points[1].place)]
