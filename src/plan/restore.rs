//! Makes any old, partial or damaged plan valid, and lists what was changed on the way.
