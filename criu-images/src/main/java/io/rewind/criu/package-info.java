/**
 * What Rewind needs of the image files that CRIU and runc write: names, page maps, the process tree, descriptors, and
 * what tells of a process: registers, mappings, open files, mounts from outside. Steps: check a name, find the page maps
 * of a folder, list which pages are in the pages file and which were left in the process, and turn such a map into one
 * whose pages are all there. Images come back out of a store, so every reader refuses damaged bytes with a fault and
 * holds a bounded amount of memory. Does not interpret any other image, does not move page contents and does not promise
 * that CRIU accepts what it reads here.
 */
@NullMarked
package io.rewind.criu;

import org.jspecify.annotations.NullMarked;
