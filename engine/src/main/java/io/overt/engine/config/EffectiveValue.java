package io.overt.engine.config;

/**
 * A value in force.
 *
 * @param version the compatibility version that it is for, {@code 4.7}; empty when for all
 * @param origin {@code default}, a file, {@code environment OVERT_…} or {@code command line}
 */
public record EffectiveValue(Setting setting, String version, String value, String origin) {

  /** As in files: {@code https-port}, or with the version behind a dot. */
  public String key() {
    return version.isEmpty() ? setting.key() : setting.key() + "." + version;
  }
}
