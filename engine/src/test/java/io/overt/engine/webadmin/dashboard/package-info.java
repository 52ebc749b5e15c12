/** What the dashboard remembers. */
@org.jspecify.annotations.NullMarked
package io.overt.engine.webadmin.dashboard;
