from django.db import models

ATF_TRACE = "ATF_TRACE"


class TraceData(models.Model):
    """Every field of such a model is data of a firearms trace, which the law keeps to law enforcement and prosecution
    (note to 18 U.S.C. 923): no list, search, count, export, mail or interface of anybody else carries it, and each look
    is recorded.
    """

    data_class = ATF_TRACE

    class Meta:
        abstract = True
