//! The words of the program's own messages, one catalogue a language.
