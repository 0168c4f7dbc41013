//! Checks a schedule against its problem, slowly and plainly. Shares no code with the search.
