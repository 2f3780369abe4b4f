package io.rewind.cli.folder;

import io.rewind.runtime.fault.FaultCode;

/** What can be wrong with a data folder. */
public enum FolderFault implements FaultCode {
    /** Another process holds it. */
    FOLDER_IN_USE,
    /** It cannot be created or written to. */
    FOLDER_UNUSABLE
}
