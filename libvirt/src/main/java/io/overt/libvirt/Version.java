package io.overt.libvirt;

/** A version as libvirt counts: 1,000,000 times major plus 1,000 times minor plus release. */
public record Version(int major, int minor, int release) implements Comparable<Version> {
  static Version of(long number) {
    return new Version(
        (int) (number / 1_000_000), (int) (number / 1000 % 1000), (int) (number % 1000));
  }

  @Override
  public int compareTo(Version other) {
    int byMajor = Integer.compare(major, other.major);
    int byMinor = byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
    return byMinor != 0 ? byMinor : Integer.compare(release, other.release);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + release;
  }
}
