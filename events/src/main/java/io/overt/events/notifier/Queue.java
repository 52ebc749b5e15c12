package io.overt.events.notifier;

/** Deliveries that go one after another: those of a recipient to one place. */
record Queue(Recipient recipient, String target) {
  @Override
  public String toString() {
    return target.isEmpty() ? recipient.toString() : recipient + " at " + target;
  }
}
