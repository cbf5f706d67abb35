/// Something the user can put right: on the command line, in a rule file or in the environment.
/// Ends the program with status 2 and its message on standard error.
struct Mistake: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
