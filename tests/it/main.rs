//! What a user of the program sees, tested from outside.

mod cli;
