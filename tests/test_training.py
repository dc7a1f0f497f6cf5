import numpy as np
import pytest

from qa.errors import RankerError
from qa.reranker import shipped_weights
from qa.training import Example, example, fit, train
from qa.types import Hit, Passage

NAMES = list(shipped_weights())
START = np.array(list(shipped_weights().values()))


def made(count: int, *, of: str = "湖", telling: str = "year") -> list[Example]:
    """Questions whose right hit is the only one with the feature ``telling``, below one found by keywords."""
    values = np.zeros((3, len(NAMES)))
    values[0, NAMES.index("characters")] = 20.0
    values[2, NAMES.index(telling)] = 1.0
    return [Example(of, values, np.array([False, False, True]))] * count


def hit(rank: int, **scores: float) -> Hit:
    return Hit(Passage(f"{rank}.txt", 0, 2, "供水", ""), 0.0, rank, scores)


def test_an_example_has_a_row_for_each_hit() -> None:
    one = example("湖", [hit(1, covers=0.5), hit(2, characters=2.0, other=9.0)], [False, True])
    assert one is not None
    assert one.values[0].tolist() == [0.5 if name == "covers" else 0.0 for name in NAMES]
    assert one.values[1].tolist() == [2.0 if name == "characters" else 0.0 for name in NAMES]


@pytest.mark.parametrize("right", [[], [False, False], [True, True]])
def test_a_question_that_teaches_nothing(right: list[bool]) -> None:
    assert example("湖", [hit(rank) for rank in range(len(right))], right) is None


def test_fit_finds_the_feature_that_tells() -> None:
    weights = dict(zip(NAMES, fit(made(20), START, strength=0.01), strict=True))
    assert weights["year"] > shipped_weights()["year"]
    assert weights["characters"] < shipped_weights()["characters"]
    assert weights["person"] == pytest.approx(shipped_weights()["person"])


def test_fit_goes_where_the_loss_is_least() -> None:
    """A strong pull keeps the start; with a weak one the weights move until the loss no longer falls."""
    assert fit(made(20), START, strength=1e9) == pytest.approx(START, abs=1e-6)
    best = fit(made(20), START, strength=0.1)

    def loss(weights: np.ndarray) -> float:
        scores = 2.0 * (made(1)[0].values @ weights)
        share = np.exp(scores - scores.max())
        return float(0.1 * ((weights - START) ** 2).sum() - np.log(share[2] / share.sum()))

    for at in range(len(NAMES)):
        step = np.zeros(len(NAMES))
        step[at] = 1e-2
        assert loss(best) <= min(loss(best + step), loss(best - step)) + 1e-6


def test_a_small_set_counts_as_much_as_a_large_one() -> None:
    both = [*made(40, telling="covers"), *made(4, of="河", telling="person")]
    weights = dict(zip(NAMES, fit(both, START, strength=0.01), strict=True))
    grown = {name: weights[name] - shipped_weights()[name] for name in ("covers", "person")}
    assert grown["covers"] == pytest.approx(grown["person"], rel=0.01)


def test_train_measures_on_questions_held_apart() -> None:
    trained = train(made(20), strength=0.001)
    assert trained.weights.keys() == set(NAMES)
    assert trained.gains["湖"]["Success@1"].value == 1.0
    assert trained.gains["湖"]["MRR"].n == 20
    assert trained.losses["year"]["湖"].value < 0
    assert trained.losses["person"]["湖"].value == 0


def test_train_wants_enough_questions() -> None:
    with pytest.raises(RankerError, match="3 questions"):
        train(made(3))
