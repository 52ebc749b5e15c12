package io.overt.libvirt;

import java.util.UUID;

/**
 * One domain of a bulk query. Names are libvirt's: {@code state.state}, {@code cpu.time}, {@code
 * balloon.current}, {@code vcpu.0.time}, {@code net.0.rx.bytes}, {@code block.0.wr.reqs}.
 */
public record DomainStatistics(UUID uuid, String name, TypedParameters values) {
  /** Empty of meaning (NO_STATE) unless the group STATE was asked for. */
  public DomainStatus status() {
    return DomainStatus.of(
        (int) values.number("state.state", 0), (int) values.number("state.reason", 0));
  }
}
