package io.overt.rest;

/** What features see of the caller in these tests. */
record TestCaller(String name) {}
