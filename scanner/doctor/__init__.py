"""`pandian doctor`: what a scan may read, how, at what cost, and what is in its way. Reads no rows itself."""

from scanner.doctor.diagnosis import Cost, Diagnosis, Refused, SourceDiagnosis, TableDiagnosis, to_dict
from scanner.doctor.examining import examine

__all__ = ["Cost", "Diagnosis", "Refused", "SourceDiagnosis", "TableDiagnosis", "examine", "to_dict"]
