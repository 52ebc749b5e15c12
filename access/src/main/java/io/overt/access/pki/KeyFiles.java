package io.overt.access.pki;

import java.nio.file.Path;

/**
 * Where a certificate and its key lie as PEM files.
 *
 * @param certificate the certificate
 * @param key its private key, PKCS#8 without a password, mode 0600
 * @param authority the CA's certificate
 */
public record KeyFiles(Path certificate, Path key, Path authority) {}
