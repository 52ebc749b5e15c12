package io.overt.rest.v3;

import io.overt.codec.ExtraElement;
import io.overt.model.Member;
import io.overt.model.ParameterType;
import io.overt.model.Struct;
import io.overt.model.types.Action;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.StorageDomain;
import io.overt.rest.api.Customs.Incoming;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What requests of version 3 say in their own way, said as the model's. */
final class Requests {
  private Requests() {}

  static Map<String, String> prepare(Incoming incoming) {
    Map<String, String> parameters = new HashMap<>();
    Struct body = incoming.body();
    switch (incoming.operation().name()) {
      case "remove" -> {
        if (body != null) {
          removal(incoming, body, parameters);
        }
      }
      case "get" -> refresh(incoming);
      case "add", "update" -> {
        if (body != null) {
          body(incoming, body, parameters);
        }
      }
      default -> {}
    }
    return parameters;
  }

  private static void body(Incoming incoming, Struct body, Map<String, String> parameters) {
    switch (body.type().name()) {
      case "vm" -> {
        clones(incoming, body, parameters);
        disks(incoming, body);
      }
      case "template" -> {
        clones(incoming, body, parameters);
        if (body.get("vm") instanceof Struct vm) {
          disks(incoming, vm);
        }
      }
      case "snapshot" -> disks(incoming, body);
      case "nic" -> NicProfiles.choose(incoming, body);
      case "cluster" -> SchedulingPolicies.choose(incoming, body);
      case "data_center" -> storageType(incoming, (DataCenter) body);
      default -> {}
    }
  }

  /** {@code <disks><clone>} and {@code <permissions><clone>}. */
  private static void clones(Incoming incoming, Struct body, Map<String, String> parameters) {
    ExtraElement disks = incoming.extras().of(body, "disks");
    if (disks != null && disks.text("clone") != null) {
      parameters.put("clone", Boolean.toString(disks.isTrue("clone")));
    }
    ExtraElement permissions = incoming.extras().of(body, "permissions");
    if (permissions != null && permissions.text("clone") != null) {
      parameters.put("clone_permissions", Boolean.toString(permissions.isTrue("clone")));
    }
  }

  /** The disks of a machine, by which a client says where copies go: attachments of the model. */
  private static void disks(Incoming incoming, Struct vm) {
    ExtraElement disks = incoming.extras().of(vm, "disks");
    if (disks == null) {
      return;
    }
    List<DiskAttachment> attachments = new ArrayList<>();
    for (ExtraElement said : disks.children()) {
      if (said.name().equals("disk")) {
        attachments.add(new DiskAttachment().disk(disk(said)));
      }
    }
    if (!attachments.isEmpty() && vm.type().find("disk_attachments") != null) {
      vm.set("disk_attachments", attachments);
    }
  }

  private static Disk disk(ExtraElement said) {
    Disk disk = new Disk();
    for (String name : List.of("id", "name", "alias", "image_id")) {
      if (said.text(name) != null) {
        disk.set(name, said.text(name));
      }
    }
    for (String name : List.of("format")) {
      Member member = disk.type().member(name);
      String text = said.text(name);
      if (text != null) {
        disk.set(member, member.enumType().find(text));
      }
    }
    if (said.text("sparse") != null) {
      disk.set("sparse", said.isTrue("sparse"));
    }
    ExtraElement domains = said.child("storage_domains");
    if (domains != null) {
      List<StorageDomain> found = new ArrayList<>();
      for (ExtraElement domain : domains.children()) {
        StorageDomain reference = new StorageDomain();
        reference.set("id", domain.text("id"));
        reference.set("name", domain.text("name"));
        found.add(reference);
      }
      disk.set("storage_domains", found);
    }
    return disk;
  }

  /** An explicit {@code local} counts. */
  private static void storageType(Incoming incoming, DataCenter center) {
    ExtraElement type = incoming.extras().of(center, "storage_type");
    if (type != null && center.local() == null) {
      center.local(type.text().equalsIgnoreCase("localfs"));
    }
  }

  /** {@code GET /hosts/1;force} has the host asked first. */
  private static void refresh(Incoming incoming) {
    if (incoming.operation().key().equals("host.get")) {
      String force = incoming.parameter().apply("force");
      String host = incoming.id("host");
      if (host != null && force != null && !force.equalsIgnoreCase("false")) {
        incoming.inner().call("POST", "/hosts/" + host + "/refresh", new Action(), Map.of());
      }
    }
  }

  /** The body of a removal says what the model takes as parameters. */
  private static void removal(Incoming incoming, Struct body, Map<String, String> parameters) {
    if (body instanceof StorageDomain domain) {
      for (String name : List.of("format", "destroy")) {
        ExtraElement said = incoming.extras().of(domain, name);
        if (said != null) {
          parameters.put(name, said.text());
        }
      }
      put(parameters, "host", domain.host());
      return;
    }
    for (Member member : body.type().members()) {
      Object value = body.get(member);
      ParameterType parameter = incoming.operation().parameter(member.name());
      if (value instanceof Struct reference) {
        put(parameters, member.name(), parameter == null ? null : reference);
      } else if (value != null && !(value instanceof List<?>)) {
        parameters.put(member.name(), value.toString());
      }
    }
    ExtraElement detach = incoming.extras().of(body, "detach");
    if (detach != null) {
      parameters.put("detach", detach.text());
    }
    ExtraElement disks =
        body.get("vm") instanceof Struct vm ? incoming.extras().of(vm, "disks") : null;
    if (disks != null && disks.text("detach_only") != null) {
      parameters.put("detach_only", Boolean.toString(disks.isTrue("detach_only")));
    }
  }

  private static void put(Map<String, String> parameters, String name, @Nullable Struct reference) {
    if (reference != null) {
      Object value = reference.id() == null ? reference.get("name") : reference.id();
      if (value != null) {
        parameters.put(name, value.toString());
      }
    }
  }
}
