from yijianshi.applications.models.application import Application
from yijianshi.applications.models.material import Letter, Material, ResultFact

__all__ = ["Application", "Letter", "Material", "ResultFact"]
