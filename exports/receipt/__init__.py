"""The receipt: what headquarters tells one centre, as a signed workbook."""
