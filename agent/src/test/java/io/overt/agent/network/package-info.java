@NullMarked
package io.overt.agent.network;

import org.jspecify.annotations.NullMarked;
