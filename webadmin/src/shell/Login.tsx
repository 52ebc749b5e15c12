import { LoginForm, LoginPage } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { logIn } from '../engine/session';

/** Asks who it is; the engine's single sign-on decides. */
export default function Login({ notice }: { notice: string | null }) {
  const { t } = useTranslation();
  const [user, setUser] = useState('admin@internal');
  const [password, setPassword] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await logIn(user, password);
    } catch (refusal) {
      setWrong(refusal instanceof Error ? refusal.message : String(refusal));
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <LoginPage loginTitle={t('Log in to Overt')} loginSubtitle={notice ?? undefined} brandImgSrc="" className="overt-login">
      <LoginForm
        usernameLabel={t('User')}
        passwordLabel={t('Password')}
        loginButtonLabel={t('Log in')}
        usernameValue={user}
        passwordValue={password}
        onChangeUsername={(_, value) => setUser(value)}
        onChangePassword={(_, value) => setPassword(value)}
        showHelperText={wrong !== null}
        helperText={wrong}
        isLoginButtonDisabled={busy}
        onLoginButtonClick={(event) => {
          event.preventDefault();
          void submit();
        }}
      />
    </LoginPage>
  );
}
