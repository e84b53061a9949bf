"""What can stand in the way of writing, reviewing and publishing a proposal."""

from dataclasses import dataclass
from typing import Any

from yijianshi.catalogue.logic.authoring.merging import Merged, merge
from yijianshi.kernel.errors import Conflict, Forbidden, Invalid


class NotAnAuthor(Forbidden):
    """只有内容编辑可以修改、审核和发布内容。需要这项权限的，请找系统维护人员。

    Only content authors may change, review and publish content. Ask your operator if you need this.
    """


class NotNow(Conflict):
    """这份提案现在是“{state}”，不能“{action}”。请刷新页面，看看谁刚处理过。

    This proposal is now '{state}', so '{action}' is not possible. Please reload to see who has just handled it.
    """


class SecondPersonNeeded(Forbidden):
    """您写过这份提案的内容，所以要请另一位内容编辑来审核。

    You wrote part of this proposal, so another content author has to approve it.
    """


class ReasonNeeded(Invalid):
    """请写明原因，让别人看得懂为什么这样做（最多 {most} 个字）。

    Please give the reason, so that others understand why (at most {most} characters).
    """


class TitleNeeded(Invalid):
    """请给这份提案起个名字，一眼能看出要改什么（最多 {most} 个字）。

    Please give this proposal a title that shows at a glance what it changes (at most {most} characters).
    """


class TooManyFiles(Invalid):
    """一份提案最多改 {most} 个文件，这样审核的人才看得过来。请把其余的放进另一份提案。

    A proposal changes at most {most} files, so that a reviewer can read it. Please put the rest into another one.
    """


class NothingChanged(Invalid):
    """这份提案还没有改动任何内容。请先修改，再提交审核。

    This proposal changes nothing yet. Please change something before handing it in.
    """


class ProposalHasErrors(Invalid):
    """内容里有 {count} 处错误，改好后才能继续。最前面的几处：{first}

    The content has {count} errors; they must be mended first. The first of them: {first}
    """


class ShelfMoved(Conflict):
    """这份提案改的文件，后来又有别的改动发布了：{files}。请先“并入最新内容”，再请人审核一遍。

    Other changes to files of this proposal were published since: {files}. Bring it up to date, then have it reviewed again.
    """


class FileNotThere(Conflict):
    """“{path}”现在不在内容里，可能刚被别人删除。请刷新页面。

    '{path}' is not in the content now; somebody may have just removed it. Please reload.
    """


class AlreadyThere(Conflict):
    """已经有“{path}”了。请换一个代码，或者直接修改那个文件。

    There is already a file '{path}'. Please choose another code, or change that file instead.
    """


class CannotRollBack(Conflict):
    """只有已发布的提案可以退回。这份提案现在是“{state}”。

    Only a published proposal can be rolled back. This one is '{state}'.
    """


@dataclass(frozen=True, slots=True)
class MergeMaterial:
    """Both texts and the one they began from (None: the file is not there), and the revision to save the merge with."""

    path: str
    base: str | None
    mine: str | None
    theirs: str | None
    revision: int
    base_sha: str | None  # to hand to save_file together with the revision

    @property
    def merged(self) -> Merged:
        """Return the merge, with the conflicts that a person must decide."""
        return merge(self.base, self.mine, self.theirs)


class EditedMeanwhile(Conflict):
    """您打开“{path}”以后，{who}改过它。两边的内容都在，请合并后再保存。

    {who} changed '{path}' after you opened it. Both texts are kept; please merge them, then save.
    """

    def __init__(self, material: MergeMaterial, **params: Any) -> None:
        super().__init__(path=material.path, **params)
        self.material = material
