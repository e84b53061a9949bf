"""What every content file shares: strict frozen models, bilingual texts, confidence tags, codes and rules."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from yijianshi.kernel.text import LANGUAGES, Text

Confidence = Literal["confirmed", "L", "P", "D", "unconfirmed"]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=80)]
Region = Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
Rule = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class Strict(BaseModel):
    """A content record: unknown keys are refused, nothing can be changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _both_languages(value: Any) -> Any:
    if isinstance(value, Text):
        return value
    if not isinstance(value, Mapping):
        raise ValueError("text-not-bilingual")
    missing = [language for language in LANGUAGES if not str(value.get(language) or "").strip()]
    if missing:
        raise ValueError("missing-language:" + ",".join(missing))
    unknown = [str(key) for key in value if key not in LANGUAGES]
    if unknown:
        raise ValueError("unknown-language:" + ",".join(unknown))
    return {language: str(value[language]).strip() for language in LANGUAGES}


def _law(value: Any) -> Any:
    """A law cited by its official Chinese name alone reads the same in both languages."""
    if isinstance(value, str) and value.strip():
        return {language: value.strip() for language in LANGUAGES}
    return value


T = Annotated[Text, BeforeValidator(_both_languages)]
Citation = Annotated[T, BeforeValidator(_law)]
