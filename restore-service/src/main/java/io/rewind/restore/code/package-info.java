/** Why a restore was refused or failed, as names that never change. */
@NullMarked
package io.rewind.restore.code;

import org.jspecify.annotations.NullMarked;
