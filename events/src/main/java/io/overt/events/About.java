package io.overt.events;

import io.overt.model.Struct;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event is about: the objects that it refers to and the values of its text's variables.
 *
 * <p>Naming an object also sets the variable with its name: {@code vm} sets {@code VmName}.
 */
public final class About {
  private final Map<String, Struct> subjects = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private @Nullable String correlationId;
  private @Nullable String userId;
  private @Nullable String userName;

  private About() {}

  public static About nothing() {
    return new About();
  }

  /** About an object; its struct type says which member of the event refers to it. */
  public static About object(Struct object) {
    return new About().and(object);
  }

  /** Also about this object. */
  public About and(@Nullable Struct object) {
    if (object == null) {
      return this;
    }
    String type = object.type().name();
    subjects.put(type, object);
    String variable = variable(type);
    if (variable != null && object.get("name") instanceof String name) {
      with(variable, name);
    }
    return this;
  }

  /** Caused by this user: {@code admin@internal-authz}. */
  public About by(@Nullable String id, String name) {
    userId = id;
    userName = name;
    return with("UserName", name);
  }

  /** Part of this request. */
  public About correlated(@Nullable String id) {
    correlationId = id;
    return this;
  }

  public About with(String variable, @Nullable Object value) {
    if (value != null) {
      variables.put(variable.toLowerCase(Locale.ROOT), value.toString());
    }
    return this;
  }

  Map<String, Struct> subjects() {
    return subjects;
  }

  @Nullable String correlationId() {
    return correlationId;
  }

  @Nullable String userId() {
    return userId;
  }

  @Nullable String userName() {
    return userName;
  }

  @Nullable String variableValue(String name) {
    return variables.get(name.toLowerCase(Locale.ROOT));
  }

  private static @Nullable String variable(String type) {
    return switch (type) {
      case "vm" -> "VmName";
      case "template", "instance_type" -> "VmTemplateName";
      case "host" -> "VdsName";
      case "cluster" -> "ClusterName";
      case "data_center" -> "StoragePoolName";
      case "storage_domain" -> "StorageDomainName";
      case "network" -> "NetworkName";
      case "vnic_profile" -> "VnicProfileName";
      case "disk" -> "DiskAlias";
      case "vm_pool" -> "VmPoolName";
      case "role" -> "RoleName";
      case "tag" -> "TagName";
      case "bookmark" -> "BookmarkName";
      case "quota" -> "QuotaName";
      case "nic" -> "InterfaceName";
      case "snapshot" -> "SnapshotName";
      case "affinity_group" -> "affinityGroupName";
      case "affinity_label" -> "labelName";
      case "iscsi_bond" -> "IscsiBondName";
      case "qos" -> "QosName";
      case "mac_pool" -> "MacPoolName";
      case "scheduling_policy" -> "ClusterPolicy";
      case "cpu_profile" -> "ProfileName";
      case "disk_profile" -> "ProfileName";
      case "group" -> "GroupName";
      default -> null;
    };
  }
}
