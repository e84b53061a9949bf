"""The verbs of authoring: write a proposal, have it reviewed by a second person, publish it, take it back."""

from yijianshi.catalogue.commands.authoring.creating import create_file
from yijianshi.catalogue.commands.authoring.errors import (
    AlreadyThere,
    CannotRollBack,
    EditedMeanwhile,
    FileNotThere,
    MergeMaterial,
    NotAnAuthor,
    NothingChanged,
    NotNow,
    ProposalHasErrors,
    ReasonNeeded,
    SecondPersonNeeded,
    ShelfMoved,
    TitleNeeded,
    TooManyFiles,
)
from yijianshi.catalogue.commands.authoring.publishing import BadDay, publish, roll_back
from yijianshi.catalogue.commands.authoring.reviewing import approve, send_back, submit, withdraw
from yijianshi.catalogue.commands.authoring.settling import bring_up_to_date, settle
from yijianshi.catalogue.commands.authoring.writing import (
    Saved,
    Values,
    edit_proposal,
    open_proposal,
    put_values,
    remove_file,
    save_file,
)

__all__ = [
    "AlreadyThere",
    "BadDay",
    "CannotRollBack",
    "EditedMeanwhile",
    "FileNotThere",
    "MergeMaterial",
    "NotAnAuthor",
    "NotNow",
    "NothingChanged",
    "ProposalHasErrors",
    "ReasonNeeded",
    "Saved",
    "SecondPersonNeeded",
    "ShelfMoved",
    "TitleNeeded",
    "TooManyFiles",
    "Values",
    "approve",
    "bring_up_to_date",
    "create_file",
    "edit_proposal",
    "open_proposal",
    "publish",
    "put_values",
    "remove_file",
    "roll_back",
    "save_file",
    "send_back",
    "settle",
    "submit",
    "withdraw",
]
