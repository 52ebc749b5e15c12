package io.overt.agent.vms;

import java.util.Map;
import java.util.Optional;

/**
 * What another host says of a guest that is to come.
 *
 * @param xml of the domain over there
 * @param console the address of its consoles here; empty for this host's own
 * @param limit of guests that come at a time, unless this host's own is to count
 * @param media that the other host made for it, by drive, in base 64
 */
public record IncomingGuest(
    String xml, String console, Optional<Integer> limit, Map<String, String> media) {

  /** The word for the media between agents. */
  public static final String MEDIA = "payloadMedia";

  /** The media stay out of logs. */
  @Override
  public String toString() {
    return "IncomingGuest[" + media.keySet() + "]";
  }
}
