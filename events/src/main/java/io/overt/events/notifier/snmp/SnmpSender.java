package io.overt.events.notifier.snmp;

import io.overt.events.notifier.Notice;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcher;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** Sends the traps of one profile. It has an SNMP engine of its own. */
final class SnmpSender implements AutoCloseable {
  private static final long NANOS_PER_TICK = 10_000_000;

  private final SnmpProfile profile;
  private final long started;
  private final Snmp snmp;

  /**
   * A sender that is ready to send.
   *
   * @param started {@link System#nanoTime} of the notifier's start
   * @param boots how often this engine id was started, asked only for version 3
   */
  SnmpSender(SnmpProfile profile, long started, IntSupplier boots) throws IOException {
    this.profile = profile;
    this.started = started;
    MessageDispatcher dispatcher = new MessageDispatcherImpl();
    SnmpUser user = profile.user().orElse(null);
    if (user == null) {
      dispatcher.addMessageProcessingModel(new MPv2c());
    } else {
      dispatcher.addMessageProcessingModel(version3(user, boots.getAsInt()));
    }
    this.snmp = new Snmp(dispatcher, new DefaultUdpTransportMapping());
    try {
      snmp.listen();
    } catch (IOException e) {
      snmp.close();
      throw e;
    }
  }

  private MPv3 version3(SnmpUser user, int boots) {
    SecurityProtocols protocols =
        new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.maxCompatibility);
    USM usm = new USM(protocols, user.engineId(), boots);
    // For informs the receiver's engine counts, which is asked for its id.
    usm.setEngineDiscoveryEnabled(profile.inform());
    usm.addUser(user.user());
    SecurityModels models = new SecurityModels();
    models.addSecurityModel(usm);
    return new MPv3(
        user.engineId().getValue(), null, protocols, models, CounterSupport.getInstance());
  }

  /**
   * Sends an event in every layout of the profile.
   *
   * @return why it was not sent, or with informs not acknowledged; null for success
   */
  @Nullable String send(Manager manager, Notice notice) {
    try {
      Target<UdpAddress> target =
          target(new UdpAddress(InetAddress.getByName(manager.host()), manager.port()));
      for (TrapLayout layout : profile.layouts()) {
        String error = send(target, pdu(layout, notice));
        if (error != null) {
          return error;
        }
      }
      return null;
    } catch (IOException | RuntimeException e) {
      return e.toString();
    }
  }

  private @Nullable String send(Target<UdpAddress> target, PDU pdu) throws IOException {
    if (!profile.inform()) {
      snmp.notify(pdu, target);
      return null;
    }
    ResponseEvent<UdpAddress> answer = snmp.inform(pdu, target);
    PDU response = answer == null ? null : answer.getResponse();
    if (response == null) {
      Exception error = answer == null ? null : answer.getError();
      return error == null
          ? "no acknowledgement after %d attempts of %d ms"
              .formatted(profile.retries() + 1, profile.timeout().toMillis())
          : error.toString();
    }
    if (response.getType() == PDU.REPORT) {
      return "the receiver refused the inform: " + response.getVariableBindings();
    }
    return response.getErrorStatus() == 0
        ? null
        : "the receiver answered " + response.getErrorStatusText();
  }

  private PDU pdu(TrapLayout layout, Notice notice) {
    PDU pdu;
    if (profile.user().isPresent()) {
      ScopedPDU scoped = new ScopedPDU();
      scoped.setContextEngineID(profile.user().get().engineId());
      pdu = scoped;
    } else {
      pdu = new PDU();
    }
    pdu.setType(profile.inform() ? PDU.INFORM : PDU.NOTIFICATION);
    long ticks = (System.nanoTime() - started) / NANOS_PER_TICK;
    pdu.add(new VariableBinding(SnmpConstants.sysUpTime, new TimeTicks(ticks & 0xFFFFFFFFL)));
    pdu.add(new VariableBinding(SnmpConstants.snmpTrapOID, layout.trap(profile, notice)));
    pdu.addAll(layout.variables(profile, notice));
    return pdu;
  }

  private Target<UdpAddress> target(UdpAddress address) {
    Target<UdpAddress> target;
    if (profile.user().isPresent()) {
      SnmpUser user = profile.user().get();
      UserTarget<UdpAddress> secure = new UserTarget<>();
      secure.setSecurityLevel(user.level());
      secure.setSecurityName(user.user().getSecurityName());
      if (!profile.inform()) {
        secure.setAuthoritativeEngineID(user.engineId().getValue());
      }
      secure.setVersion(SnmpConstants.version3);
      target = secure;
    } else {
      CommunityTarget<UdpAddress> open = new CommunityTarget<>();
      open.setCommunity(new OctetString(profile.community()));
      open.setVersion(SnmpConstants.version2c);
      target = open;
    }
    target.setAddress(address);
    target.setTimeout(profile.timeout().toMillis());
    target.setRetries(profile.inform() ? profile.retries() : 0);
    return target;
  }

  @Override
  public void close() {
    try {
      snmp.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("closing an SNMP socket", e);
    }
  }
}
