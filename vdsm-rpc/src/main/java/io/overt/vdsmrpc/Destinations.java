package io.overt.vdsmrpc;

import java.util.List;

/** The destination names that both ends of VDSM's protocol agree on. */
final class Destinations {
  static final String REQUESTS = "jms.topic.vdsm_requests";
  static final String RESPONSES = "jms.topic.vdsm_responses";
  static final String EVENTS = "jms.queue.events";
  private static final List<String> REQUEST_DESTINATIONS =
      List.of(REQUESTS, "jms.topic.vdsm_irs_requests");

  private Destinations() {}

  static boolean isForRequests(String destination) {
    return REQUEST_DESTINATIONS.stream().anyMatch(each -> covers(each, destination));
  }

  /** Whether a subscription to one destination receives what is sent to another. */
  static boolean covers(String subscribed, String destination) {
    return destination.startsWith(subscribed)
        && (destination.length() == subscribed.length()
            || destination.charAt(subscribed.length()) == '.');
  }
}
