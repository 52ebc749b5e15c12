/**
 * Overt's own certificate authority: it signs the engine's HTTPS certificate, the certificate the
 * engine shows to hosts, and the hosts' certificates. What a certificate may be used for stands in
 * its subject's OU ({@link io.overt.access.pki.Role}), so that an agent can insist on the engine.
 *
 * <p>Bouncy Castle signs and is loaded only then; reading, checking and serving need the JDK alone.
 *
 * <p>Starting points: {@link io.overt.access.pki.CertificateAuthority}, {@link
 * io.overt.access.pki.Tls}, {@link io.overt.access.pki.Certificates}.
 */
@NullMarked
package io.overt.access.pki;

import org.jspecify.annotations.NullMarked;
