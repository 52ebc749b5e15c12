/** Tests with real processes, real peers and no network beyond the loopback. */
@NullMarked
package io.overt.units;

import org.jspecify.annotations.NullMarked;
