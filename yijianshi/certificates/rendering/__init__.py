"""From a certificate to paper: PDF by typst, QR code, and the port for electronic seals."""
