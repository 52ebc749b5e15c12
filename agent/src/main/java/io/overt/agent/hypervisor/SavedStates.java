package io.overt.agent.hypervisor;

import java.util.UUID;

/** Guests whose memory is written to a file, and guests that go on from there. */
public interface SavedStates {

  /** The live XML in the form that {@link #restore} wants, secrets left out. */
  String portableXml(UUID domain);

  /**
   * Writes the guest's memory to a file and ends the domain; returns when that is done. A file that
   * exists is overwritten.
   */
  void save(UUID domain, String file);

  /** Whether the file holds a guest's memory, written to its end. */
  boolean saved(String file);

  /**
   * Starts a domain whose guest goes on from a file; its virtual CPUs stand still until they are
   * resumed.
   *
   * @param domainXml the saved domain's XML, with what may differ: paths, consoles, metadata
   */
  void restore(String file, String domainXml);
}
