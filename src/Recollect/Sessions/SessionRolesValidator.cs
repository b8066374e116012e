using Microsoft.Extensions.Options;

namespace Recollect.Sessions;

/// <summary>Lets no phone number or id through that names nobody.</summary>
internal sealed class SessionRolesValidator : IValidateOptions<SessionOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SessionOptions options)
    {
        List<string> failures = [];
        if (!string.IsNullOrWhiteSpace(options.Godfather) && RoleResolver.DigitsOf(options.Godfather).Length == 0)
        {
            failures.Add($"{SessionOptions.SectionName}:{nameof(SessionOptions.Godfather)} has no digit; write a phone number or an id.");
        }

        CheckList(nameof(SessionOptions.Admins), options.Admins);
        CheckList(nameof(SessionOptions.Blocked), options.Blocked);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void CheckList(string list, IList<string> people)
        {
            for (var i = 0; i < people.Count; i++)
            {
                if (RoleResolver.DigitsOf(people[i]).Length == 0)
                {
                    failures.Add($"{SessionOptions.SectionName}:{list}:{i} has no digit; write a phone number or an id.");
                }
            }
        }
    }
}
