package io.overt.engine.vms.devices;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Cluster;
import io.overt.model.types.Mac;
import io.overt.model.types.MacPool;
import io.overt.model.types.Nic;
import io.overt.model.types.Range;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of network interfaces within one transaction: free ones from the cluster's pool,
 * and checks of those that clients choose.
 */
public final class MacAddresses {
  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");
  private static final long MULTICAST = 1L << 40;

  private final Transaction transaction;
  private final Set<Long> used = new HashSet<>();

  private MacAddresses(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Reads what is in use; the commit fails if interfaces change meanwhile, so retry the write. */
  public static MacAddresses of(Transaction transaction) {
    MacAddresses addresses = new MacAddresses(transaction);
    transaction.requireUnchanged(Kinds.NIC);
    for (Entity<Nic> nic : transaction.current().all(Kinds.NIC)) {
      Mac mac = nic.value().mac();
      if (mac != null && mac.address() != null) {
        addresses.used.add(number(Objects.requireNonNull(mac.address())));
      }
    }
    return addresses;
  }

  /**
   * The lowest free address of the cluster's pool.
   *
   * @throws ApiFault 409 when the pool is empty
   */
  public Mac next(Cluster cluster) {
    MacPool pool =
        pool(cluster)
            .orElseThrow(
                () -> ApiFault.conflict("Cluster " + cluster.name() + " has no MAC address pool."));
    for (Range range : Objects.requireNonNullElse(pool.ranges(), List.<Range>of())) {
      long last = number(Objects.requireNonNull(range.to()));
      for (long at = number(Objects.requireNonNull(range.from())); at <= last; at++) {
        if ((at & MULTICAST) == 0 && used.add(at)) {
          return new Mac().address(text(at));
        }
      }
    }
    throw ApiFault.conflict("MAC address pool '" + pool.name() + "' has no free address left.");
  }

  /**
   * The address that a client chose.
   *
   * @throws ApiFault 400 when it is no unicast address, 409 when it is taken and the pool allows no
   *     duplicates
   */
  public Mac chosen(String address, Cluster cluster) {
    if (!FORM.matcher(address).matches()) {
      throw ApiFault.bad(
          "nic.mac.address '"
              + address
              + "' is no MAC address; expected six hexadecimal bytes as in"
              + " 56:6f:00:00:00:01");
    }
    long number = number(address);
    if ((number & MULTICAST) != 0) {
      throw ApiFault.bad(
          "nic.mac.address '" + address + "' is a multicast address; expected a unicast one");
    }
    if (number == 0) {
      throw ApiFault.bad("nic.mac.address '" + address + "' is all zeros");
    }
    boolean duplicates =
        pool(cluster).map(pool -> Boolean.TRUE.equals(pool.allowDuplicates())).orElse(false);
    if (!used.add(number) && !duplicates) {
      throw ApiFault.conflict("MAC address " + address + " is already in use.");
    }
    return new Mac().address(address.toLowerCase(Locale.ROOT));
  }

  /** Makes an address that this transaction gives up available. */
  public void release(@Nullable Mac mac) {
    if (mac != null && mac.address() != null) {
      used.remove(number(Objects.requireNonNull(mac.address())));
    }
  }

  private Optional<MacPool> pool(Cluster cluster) {
    MacPool reference = cluster.macPool();
    if (reference != null && reference.id() != null) {
      return transaction.find(Kinds.MAC_POOL, reference.requireId()).map(Entity::value);
    }
    return transaction.current().all(Kinds.MAC_POOL).stream()
        .map(Entity::value)
        .filter(pool -> Boolean.TRUE.equals(pool.defaultPool()))
        .findFirst();
  }

  private static long number(String address) {
    return FORM.matcher(address).matches() ? Long.parseLong(address.replace(":", ""), 16) : 0;
  }

  private static String text(long number) {
    String digits = String.format(Locale.ROOT, "%012x", number);
    return String.join(":", digits.split("(?<=\\G..)", -1)).replaceAll(":$", "");
  }
}
