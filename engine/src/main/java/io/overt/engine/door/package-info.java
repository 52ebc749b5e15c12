/**
 * Binds the door's ports to the house: logins to access, waiting to operations, streams to the
 * inventory's events.
 *
 * <p>Starting points: {@link io.overt.engine.door.LoginDesk}, {@link
 * io.overt.engine.door.EventTap}.
 */
@NullMarked
package io.overt.engine.door;

import org.jspecify.annotations.NullMarked;
