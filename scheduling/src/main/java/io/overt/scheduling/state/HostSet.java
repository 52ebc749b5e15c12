package io.overt.scheduling.state;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A set of hosts by index, a bit each. Unlike {@link java.util.BitSet} it lets a filter go through
 * it word by word, which is what a decision over thousands of hosts mostly does.
 */
public final class HostSet {
  private long[] words;

  public HostSet() {
    this(0);
  }

  /**
   * @param hosts how many indexes there will be; more are possible
   */
  public HostSet(int hosts) {
    words = new long[(hosts + 63) >> 6];
  }

  public boolean get(int host) {
    int word = host >> 6;
    return host >= 0 && word < words.length && (words[word] & (1L << host)) != 0;
  }

  public void set(int host) {
    int word = host >> 6;
    if (word >= words.length) {
      words = Arrays.copyOf(words, Math.max(word + 1, words.length * 2));
    }
    words[word] |= 1L << host;
  }

  public void set(int host, boolean member) {
    if (member) {
      set(host);
    } else {
      clear(host);
    }
  }

  public void clear(int host) {
    int word = host >> 6;
    if (word < words.length) {
      words[word] &= ~(1L << host);
    }
  }

  public void clear() {
    Arrays.fill(words, 0);
  }

  /** Becomes a copy of the other. */
  public void become(HostSet other) {
    if (words.length < other.words.length) {
      words = other.words.clone();
    } else {
      System.arraycopy(other.words, 0, words, 0, other.words.length);
      Arrays.fill(words, other.words.length, words.length, 0);
    }
  }

  public void and(HostSet other) {
    int common = Math.min(words.length, other.words.length);
    for (int i = 0; i < common; i++) {
      words[i] &= other.words[i];
    }
    Arrays.fill(words, common, words.length, 0);
  }

  public void andNot(HostSet other) {
    int common = Math.min(words.length, other.words.length);
    for (int i = 0; i < common; i++) {
      words[i] &= ~other.words[i];
    }
  }

  public void or(HostSet other) {
    if (words.length < other.words.length) {
      words = Arrays.copyOf(words, other.words.length);
    }
    for (int i = 0; i < other.words.length; i++) {
      words[i] |= other.words[i];
    }
  }

  public boolean isEmpty() {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  public int cardinality() {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** The first member that is not less, or −1. */
  public int nextSetBit(int from) {
    int index = from >> 6;
    if (index >= words.length) {
      return -1;
    }
    long word = words[index] & (-1L << from);
    while (word == 0) {
      if (++index == words.length) {
        return -1;
      }
      word = words[index];
    }
    return (index << 6) + Long.numberOfTrailingZeros(word);
  }

  /** How many words there are: host h is bit h mod 64 of word h / 64. */
  public int words() {
    return words.length;
  }

  public long word(int index) {
    return words[index];
  }

  /** Replaces 64 members at once. */
  public void word(int index, long value) {
    words[index] = value;
  }

  /** Writes the members in ascending order to an array that has room, and returns their number. */
  public int members(int[] target) {
    int count = 0;
    for (int i = 0; i < words.length; i++) {
      long word = words[i];
      int base = i << 6;
      if (word == -1L) {
        for (int bit = 0; bit < 64; bit++) {
          target[count++] = base + bit;
        }
        continue;
      }
      while (word != 0) {
        target[count++] = base + Long.numberOfTrailingZeros(word);
        word &= word - 1;
      }
    }
    return count;
  }

  /** The members in ascending order. */
  public IntStream stream() {
    int[] members = new int[cardinality()];
    members(members);
    return Arrays.stream(members);
  }

  public HostSet copy() {
    HostSet copy = new HostSet();
    copy.words = words.clone();
    return copy;
  }

  @Override
  public String toString() {
    return Arrays.toString(stream().toArray());
  }
}
