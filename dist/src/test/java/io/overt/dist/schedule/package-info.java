@NullMarked
package io.overt.dist.schedule;

import org.jspecify.annotations.NullMarked;
