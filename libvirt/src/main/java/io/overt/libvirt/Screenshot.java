package io.overt.libvirt;

/** An image of a guest's screen. QEMU gives {@code image/png} (7.1 and later) or a PPM. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Screenshot(String mimeType, byte[] data) {}
