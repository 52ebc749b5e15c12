package io.overt.events.notifier;

/**
 * Who hears of events, as a filter names it: {@code snmp:site1}.
 *
 * @param transport {@code snmp}, {@code smtp}, {@code webhook} or {@code syslog}
 * @param name an address for mail, else the name of a profile; empty for the default one
 */
public record Recipient(String transport, String name) {
  @Override
  public String toString() {
    return transport + ":" + name;
  }
}
