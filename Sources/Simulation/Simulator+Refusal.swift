package import OpenRouterAPI
package import Tapes

extension Simulator {
    /// An error that a script states in the simulation's place, as the request's API tells it.
    ///
    /// The key is looked at for whose it is and for nothing else: whatever may be wrong with it, the script comes first
    /// (PRODUCT.md section 2).
    ///
    /// - Parameters:
    ///   - error: what the script states.
    ///   - request: what it answers.
    ///   - world: the world of the request.
    /// - Returns: the error with the owner of the key, but for a 401, which knows none (reference: inference §1.6); on
    ///   `/responses` an incomplete answer to what is too long.
    package func refusal(_ error: APIError, of request: Request, in world: World) -> Answered {
        let (table, path) = place(of: request)
        let skin = table.errorSkin(ofPath: path)
        let fields = request.knownFields
        var caller: Caller?
        do throws(APIError) {
            if error.status != 401 { caller = try authenticate(fields, path: path, in: world) }
            let (operation, parameters) = try Self.operation(request.method, path, in: table)
            if operation.id == Operation.responses.id, error.type.isLengthOnResponses {
                let call = call(request, parameters, skin, by: caller, SyntheticAttempts(), in: world)
                return answered(try Inference(responsesOf: call).cutShort(error), of: operation, in: world)
            }
        } catch {
            // Without a key, an operation or a body that it can read the error is all that there is to tell.
        }
        return Answered(tape: tape(of: error, skin, EnvelopeContext(userID: caller?.account.userID), in: world))
    }
}
