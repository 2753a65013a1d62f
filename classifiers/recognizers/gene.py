"""Genes of a person: genotypes, sequences, karyotypes."""

from classifiers._cell_tests import either, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="gene",
    zh=terms(
        """
        基因|基因型|遗传|基因位点|DNA|SNP|STR|染色体+检测结果|分型|分型结果|测序结果|序列|核型|图谱|突变|
        位点结果, 基因|基因型|基因信息|基因数据|染色体核型|单倍型|DNA信息|DNA分型|遗传信息|易感基因
        """
    ),
    en=terms(
        """
        genotype|karyotype|haplotype|genome|dna|gene|genetic|snp|str, dna|gene|genetic|genome|snp|str|
        hla profile|sequence|data|result|test_result|variant|mutation|typing|info
        """
    ),
    py=terms("jyx|jyjcjg|jyfx|rsthx"),
    fits=either(
        regex(r"^[ACGT*]{1,2}[/|;:]?[ACGT*]{0,2}$|^[ACGTN]{8,}$|rs[0-9]{3,}|46,X[XY]|c\.[0-9]+[ACGT]>"),
        regex(r"\p{Han}{2,}"),
    ),
    with_header=0.4,
)
