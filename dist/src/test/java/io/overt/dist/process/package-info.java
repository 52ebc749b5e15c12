/** Tests of how processes are recorded and stopped, with processes of their own. */
@NullMarked
package io.overt.dist.process;

import org.jspecify.annotations.NullMarked;
