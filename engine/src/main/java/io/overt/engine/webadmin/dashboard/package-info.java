/**
 * What the dashboard shows, in the form in which oVirt's own plugin reads it.
 *
 * <p>Starting points: {@link io.overt.engine.webadmin.dashboard.DashboardData}.
 */
@NullMarked
package io.overt.engine.webadmin.dashboard;

import org.jspecify.annotations.NullMarked;
