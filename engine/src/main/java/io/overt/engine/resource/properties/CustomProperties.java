package io.overt.engine.resource.properties;

/**
 * All custom properties that an administrator declared.
 *
 * @param machines of machines and templates, by the machine's compatibility version
 * @param devices of their devices, by the version of the data center
 * @param networks of networks on hosts, by the version of the data center
 */
public record CustomProperties(
    ByVersion<PropertySet> machines,
    ByVersion<DeviceProperties> devices,
    ByVersion<PropertySet> networks) {

  /**
   * The same for every version, with engine 4.5's devices and networks.
   *
   * @throws IllegalArgumentException which says what is expected instead
   */
  public static CustomProperties ofMachines(String userDefined) {
    return new CustomProperties(
        ByVersion.same(PropertySet.machines(userDefined)),
        ByVersion.same(DeviceProperties.of(DeviceProperties.STANDARD)),
        ByVersion.same(PropertySet.networks("")));
  }
}
