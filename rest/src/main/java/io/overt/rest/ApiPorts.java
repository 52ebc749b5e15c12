package io.overt.rest;

import io.overt.rest.api.Completion;
import io.overt.rest.api.Guard;
import io.overt.rest.events.EventFeed;
import io.overt.rest.login.Authenticator;
import io.overt.rest.pages.Certificates;
import io.overt.rest.pages.Health;
import java.time.Clock;

/**
 * What the door needs from the house.
 *
 * @param authenticator users, passwords, tokens
 * @param guard authorisation before each operation
 * @param completion jobs that clients wait for
 * @param events for event streams
 * @param certificates that anybody may read
 * @param health of the database
 */
public record ApiPorts(
    Authenticator authenticator,
    Guard guard,
    Completion completion,
    EventFeed events,
    Certificates certificates,
    Health health,
    Clock clock) {}
