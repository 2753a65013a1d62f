"""Writers of filled forms: Word documents and workbooks. They know what stands on a page, not where from."""
