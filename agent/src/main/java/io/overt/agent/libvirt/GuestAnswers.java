package io.overt.agent.libvirt;

import io.overt.agent.hypervisor.GuestFacts;
import io.overt.agent.hypervisor.GuestFacts.FileSystem;
import io.overt.agent.hypervisor.GuestFacts.Interface;
import io.overt.agent.hypervisor.GuestFacts.OperatingSystem;
import io.overt.agent.hypervisor.GuestFacts.User;
import io.overt.libvirt.DomainGuest;
import io.overt.libvirt.ErrorCode;
import io.overt.libvirt.InterfaceAddresses;
import io.overt.libvirt.LibvirtException;
import io.overt.libvirt.TypedParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** What the QEMU guest agent tells through libvirt. */
final class GuestAnswers {

  private GuestAnswers() {}

  static GuestFacts of(DomainGuest guest) {
    List<InterfaceAddresses> nics =
        asked(() -> guest.interfaceAddresses(InterfaceAddresses.Source.AGENT), List.of());
    TypedParameters told = asked(guest::information, TypedParameters.NONE);
    return new GuestFacts(
        told.text("hostname").orElse(""),
        new OperatingSystem(
            told.text("os.id").orElse(""),
            told.text("os.pretty-name").or(() -> told.text("os.name")).orElse(""),
            told.text("os.version-id").orElse(""),
            codename(told.text("os.version").orElse("")),
            told.text("os.kernel-release").orElse(""),
            told.text("os.machine").orElse("")),
        told.text("timezone.name").orElse(""),
        (int) told.number("timezone.offset", 0),
        nics.stream().map(GuestAnswers::nic).toList(),
        users(told),
        fileSystems(told));
  }

  /** An agent need not know every question; that it answers none is another matter. */
  private static <T> T asked(Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (LibvirtException e) {
      if (e.is(ErrorCode.AGENT_UNRESPONSIVE) || e.is(ErrorCode.NO_DOMAIN) || e.connectionLost()) {
        throw e;
      }
      return otherwise;
    }
  }

  /** As in "12 (bookworm)". */
  private static String codename(String version) {
    int open = version.indexOf('(');
    int close = version.indexOf(')');
    return open >= 0 && close > open ? version.substring(open + 1, close) : "";
  }

  private static Interface nic(InterfaceAddresses nic) {
    List<String> inet = new ArrayList<>();
    List<String> inet6 = new ArrayList<>();
    nic.addresses().forEach(each -> (each.ipv6() ? inet6 : inet).add(each.address()));
    return new Interface(nic.name(), nic.hardwareAddress(), inet, inet6);
  }

  private static List<User> users(TypedParameters told) {
    return LongStream.range(0, told.number("user.count", 0))
        .mapToObj(index -> "user." + index + ".")
        .map(
            user ->
                new User(
                    told.text(user + "name").orElse(""), told.text(user + "domain").orElse("")))
        .filter(user -> !user.name().isEmpty())
        .toList();
  }

  private static List<FileSystem> fileSystems(TypedParameters told) {
    return LongStream.range(0, told.number("fs.count", 0))
        .mapToObj(index -> "fs." + index + ".")
        .map(
            system ->
                new FileSystem(
                    told.text(system + "mountpoint").orElse(""),
                    told.text(system + "fstype").orElse(""),
                    told.number(system + "total-bytes", 0),
                    told.number(system + "used-bytes", 0)))
        .filter(system -> system.total() > 0)
        .toList();
  }
}
