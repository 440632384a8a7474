//! A practice identity provider and a sample application, for tests and the demo.
