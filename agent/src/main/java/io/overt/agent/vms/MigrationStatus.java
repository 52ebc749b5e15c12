package io.overt.agent.vms;

/**
 * How the last move that left stands.
 *
 * @param code 0 while nothing is wrong, else one of VDSM's numbers
 * @param downtimeMillis −1 when unknown
 */
public record MigrationStatus(int code, String message, int progress, long downtimeMillis) {}
