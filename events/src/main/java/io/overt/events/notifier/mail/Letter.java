package io.overt.events.notifier.mail;

/** What stands in a mail. */
record Letter(String subject, String body) {}
